import type { LoggerService } from '@nestjs/common';
import { NestApplicationContextOptions } from '@nestjs/common/interfaces/nest-application-context-options.interface.js';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHttpAdapter, FaultFilter, RouteTable, serveDocs } from './api/index.js';
import { AppModule } from './app.module.js';
import type { Config, Logger } from './config/index.js';

/** The service, ready to listen. */
export async function createApp(config: Config, logger: Logger): Promise<NestFastifyApplication> {
  const routes = new RouteTable();
  const own = { logger: frameworkLog(logger), bodyParser: false, abortOnError: false };
  const options = Object.assign(new NestApplicationContextOptions(), own);
  const module = AppModule.with(config, logger);
  const app = await NestFactory.create<NestFastifyApplication>(module, createHttpAdapter(routes, config), options);
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
