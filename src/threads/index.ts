export { serveJobs, type JobContext } from './serve-jobs.js';
export { ThreadError } from './thread-error.js';
export { ThreadPool } from './thread-pool.js';
export { threadProgram } from './thread-program.js';
