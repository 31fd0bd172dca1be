import { MistralError } from '../core/shared/index.js';

/** A plugin package can't be used; the message is one sentence that names it, and the service doesn't start. */
export class PluginError extends MistralError {
  override readonly code = 'PLUGIN_INVALID';
  override readonly status = 500;
}
