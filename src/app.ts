import type { LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHttpAdapter, FaultFilter, RouteTable, serveDocs } from './api/index.js';
import { AppModule } from './app.module.js';
import type { Config, Logger } from './config/index.js';

/** The service, ready to listen. */
export async function createApp(config: Config, logger: Logger): Promise<NestFastifyApplication> {
  const routes = new RouteTable();
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with(config, logger),
    createHttpAdapter(routes),
    { logger: frameworkLog(logger), bodyParser: false, abortOnError: false },
  );
  app.useGlobalFilters(new FaultFilter(routes, logger));
  if (config.roles.includes('api')) serveDocs(app);
  return app;
}

/** What Nest has to say, in our log; its chatter about modules and routes only for debugging. */
function frameworkLog(logger: Logger): LoggerService {
  const say =
    (level: 'debug' | 'warn' | 'error' | 'trace') =>
    (message: unknown, ...rest: readonly unknown[]): void => {
      const source = rest.at(-1);
      const fields = typeof source === 'string' ? { source } : {};
      if (message instanceof Error) logger[level]({ ...fields, err: message }, message.message);
      else logger[level](fields, String(message));
    };
  return { log: say('debug'), warn: say('warn'), error: say('error'), debug: say('trace'), verbose: say('trace') };
}
