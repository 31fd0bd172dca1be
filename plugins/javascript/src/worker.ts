import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';
import { newQuickJSWASMModuleFromVariant, newVariant, type QuickJSWASMModule, RELEASE_SYNC } from 'quickjs-emscripten';
import { evaluate } from './evaluate.js';
import type { Answer, Job } from './job.js';
import { INITIAL_PAGES, MAXIMUM_PAGES, REUSABLE_BYTES } from './limits.js';
import { lowerPriority } from './low-priority.js';

/** A thread that runs jobs, one after the other, each in an engine with a memory of its own that is never given back. */
const port = parentPort;
lowerPriority();
const wasmModule = WebAssembly.compile(await readFile(wasmFile()));
let next = newEngine();

port?.on('message', (job: Job) => void answer(job).then((text) => port.postMessage(text)));

async function answer(job: Job): Promise<Answer> {
  const { engine, memory } = await next;
  const result = evaluate(engine, job);
  const isSpent = result.isSpent || memory.buffer.byteLength > REUSABLE_BYTES;
  // Made while nobody waits for it.
  if (!isSpent) next = newEngine();
  return { ...result, isSpent };
}

async function newEngine(): Promise<{ readonly engine: QuickJSWASMModule; readonly memory: WebAssembly.Memory }> {
  const memory = new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum: MAXIMUM_PAGES });
  const variant = newVariant(RELEASE_SYNC, { wasmModule: await wasmModule, wasmMemory: memory });
  return { engine: await newQuickJSWASMModuleFromVariant(variant), memory };
}

/** The engine's code, which is a dependency of our dependency. */
function wasmFile(): string {
  const quickjs = createRequire(import.meta.url).resolve('quickjs-emscripten');
  return createRequire(quickjs).resolve('@jitl/quickjs-wasmfile-release-sync/wasm');
}
