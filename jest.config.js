/** Specs stand beside the code; test/ holds what needs a running service or the golden corpora. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/plugins', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': '@swc/jest' },
  modulePathIgnorePatterns: ['/dist/'],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^@tramontane/plugin-sdk$': '<rootDir>/plugins/sdk/src/index.ts',
  },
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  testTimeout: 60_000,
  // By default a machine with two CPUs gets a single worker, whose heap grows with every suite.
  maxWorkers: 2,
  workerIdleMemoryLimit: '1GB',
};
