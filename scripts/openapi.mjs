/** Writes openapi.json from the decorators of the compiled controllers; `--check` only compares and fails when it differs. */
import 'reflect-metadata';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { format, resolveConfig } from 'prettier';
import { ActionCatalogue } from '../dist/actions/index.js';
import { ApiModule, createHttpAdapter, RouteTable } from '../dist/api/index.js';
import { openApiDocument } from '../dist/api/open-api.js';
import { CONFIG, loadConfig, LOGGER } from '../dist/config/index.js';
import * as definitions from '../dist/definitions/index.js';
import { Engine, News } from '../dist/engine/index.js';
import { Maintenance } from '../dist/scheduler/index.js';
import { Reads } from '../dist/store/queries/index.js';

const file = join(import.meta.dirname, '..', 'openapi.json');

/** The controllers are only looked at, so nothing behind them has to work. */
const services = Object.values(definitions).filter((one) => typeof one === 'function');
const tokens = [ActionCatalogue, CONFIG, Engine, LOGGER, Maintenance, News, Reads, ...services];
class Nothing {}
Module({ providers: tokens.map((provide) => ({ provide, useValue: {} })), exports: tokens })(Nothing);

const app = await NestFactory.create(ApiModule.over([Nothing]), createHttpAdapter(new RouteTable(), loadConfig({})), {
  logger: false,
});
const options = { ...(await resolveConfig(file)), filepath: file };
const text = await format(JSON.stringify(openApiDocument(app), null, 2), options);
await app.close();

if (!process.argv.includes('--check')) await writeFile(file, text);
else if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
  console.error('openapi.json is not what the controllers say: run npm run openapi');
  process.exit(1);
}
