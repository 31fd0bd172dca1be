import { definePack } from '@tramontane/plugin-sdk';
import { HttpClient } from './client.js';
import { httpAction } from './http.action.js';
import { mistralHttpAction } from './mistral-http.action.js';
import { SETTINGS } from './settings.js';

/** Actions that talk HTTP, within what the operator allows. */
export default definePack({
  name: 'http',
  contract: 1,
  settings: SETTINGS,
  actions: (settings) => {
    const client = new HttpClient(settings);
    return [httpAction(client), mistralHttpAction(client)];
  },
});
