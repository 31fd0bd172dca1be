import { definePack } from '@tramontane/plugin-sdk';
import { callAction } from './call.action.js';
import { javascriptAction } from './javascript.action.js';
import { SandboxPool } from './sandbox-pool.js';
import { readSettings, SETTINGS } from './settings.js';

/** Actions that run code of users, out of reach of everything else. */
export default definePack({
  name: 'javascript',
  contract: 1,
  settings: SETTINGS,
  actions: (values) => {
    const settings = readSettings(values);
    const sandbox = { pool: new SandboxPool(settings.threads), settings };
    return [javascriptAction('std.javascript', sandbox), javascriptAction('std.js', sandbox), callAction(sandbox)];
  },
});
