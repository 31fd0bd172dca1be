import './memory.js';
import { serve } from './serve.js';

await serve();
