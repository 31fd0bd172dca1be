export { compileTemplate, compileWhole, type Compiled } from './template.js';
