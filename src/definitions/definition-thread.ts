import { serveJobs } from '../threads/index.js';
import { answerJob } from './definition-job.js';

serveJobs(answerJob);
