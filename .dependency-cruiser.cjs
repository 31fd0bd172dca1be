/** Who may import whom: the table of ARCHITECTURE.md. A module not listed in `to` of its own row may not be imported. */
const allow = (name, from, to) => ({
  name,
  severity: 'error',
  comment: `${name}: see "Who may import whom" in ARCHITECTURE.md`,
  from: { path: from, pathNot: '\\.spec\\.ts$' },
  to: { path: '^(src|plugins|test)/', pathNot: [from, ...to] },
});
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    allow('core-shared', '^src/core/shared/', []),
    allow('core-language', '^src/core/language/', ['^src/core/shared/']),
    allow('core-expressions', '^src/core/expressions/', ['^src/core/shared/']),
    allow('core-flow', '^src/core/flow/', ['^src/core/']),
    allow('config', '^src/config/', []),
    allow('store', '^src/store/', ['^src/config/', '^src/core/shared/', '^src/core/flow/']),
    allow('definitions', '^src/definitions/', ['^src/core/', '^src/store/', '^src/config/']),
    allow('transport', '^src/transport/', ['^src/config/']),
    allow('engine', '^src/engine/', ['^src/core/', '^src/store/', '^src/config/', '^src/transport/index\\.ts$']),
    allow('actions', '^src/actions/', [
      '^src/engine/index\\.ts$',
      '^plugins/sdk/',
      '^src/store/',
      '^src/transport/index\\.ts$',
      '^src/core/shared/',
      '^src/config/',
    ]),
    allow('scheduler', '^src/scheduler/', [
      '^src/engine/index\\.ts$',
      '^src/definitions/index\\.ts$',
      '^src/store/',
      '^src/core/shared/',
      '^src/config/',
    ]),
    allow('api', '^src/api/', [
      '^src/(definitions|engine|actions|scheduler)/index\\.ts$',
      '^src/store/queries/',
      '^src/core/shared/',
      '^src/config/',
    ]),
    {
      name: 'plugins-know-only-the-sdk',
      severity: 'error',
      from: { path: '^plugins/(?!sdk/)([^/]+)/' },
      to: { path: '^(src|plugins)/', pathNot: ['^plugins/sdk/', '^plugins/$1/'] },
    },
    {
      name: 'sdk-depends-on-nothing',
      severity: 'error',
      from: { path: '^plugins/sdk/' },
      to: { path: '^(src|plugins/(?!sdk/))' },
    },
    {
      name: 'core-uses-no-node-io',
      severity: 'error',
      from: { path: '^src/core/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'core-knows-no-framework',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { path: 'node_modules/(@nestjs|typeorm|pg|bull|undici|fastify)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node'] },
  },
};
