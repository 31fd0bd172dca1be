import { PyFloat } from '../../../shared/index.js';
import { PySet, type Value } from '../../values/index.js';
import type { Runtime } from '../runtime/frame.js';
import { weighKey } from './hash-set.js';

/** What filing one item costs. */
const COST = 4;

/** A set that is walked in the order in which Python would walk it, as far as that order is always the same: for numbers. Paid for by the size of its items. */
export function makeSet(items: readonly Value[] | PySet, runtime: Runtime): PySet {
  runtime.budget.output(COST * (Array.isArray(items) ? items.length : (items as PySet).size));
  for (const item of items) weighKey(item, runtime);
  const set = new PySet(items);
  const values = [...set];
  const hashes = values.map(hashOf);
  return hashes.includes(null) ? set : new PySet(new HashTable(values, hashes as readonly Hash[]).items());
}

const MODULUS = (1n << 61n) - 1n;

type Hash = number | bigint;

/** Python's hash of a number; null for what hashes differently in every process. */
function hashOf(value: Value): Hash | null {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (Number.isSafeInteger(value)) return value === -1 ? -2 : (value as number);
  if (typeof value === 'bigint') return hashOfInt(value);
  const double = value instanceof PyFloat ? value.value : typeof value === 'number' ? value : NaN;
  if (!Number.isFinite(double)) return null;
  return Number.isInteger(double) ? hashOfInt(BigInt(double)) : hashOfFraction(double);
}

function hashOfInt(value: bigint): bigint {
  const hash = value % MODULUS;
  return hash === -1n ? -2n : hash;
}

/** A double is a whole number times a power of two, and two is a root of one: 2^61 = 1. */
function hashOfFraction(value: number): bigint {
  let size = Math.abs(value);
  let exponent = 0n;
  while (!Number.isInteger(size)) {
    size *= 2;
    exponent++;
  }
  const shift = (61n - (exponent % 61n)) % 61n;
  const hash = ((BigInt(size) % MODULUS) << shift) % MODULUS;
  return value < 0 ? (hash === 1n ? -2n : -hash) : hash;
}

const LINEAR_PROBES = 9;

/** The table of CPython's sets: open addressing, grown at three fifths. */
class HashTable {
  #slots: (number | undefined)[] = new Array<number | undefined>(8);

  constructor(
    readonly values: readonly Value[],
    readonly hashes: readonly Hash[],
  ) {
    for (const index of values.keys()) {
      this.#insert(index);
      const filled = index + 1;
      if (filled * 5 >= (this.#slots.length - 1) * 3) this.#grow(filled > 50_000 ? filled * 2 : filled * 4);
    }
  }

  *items(): Generator<Value, undefined> {
    for (const index of this.#slots) if (index !== undefined) yield this.values[index] ?? null;
  }

  #insert(index: number): void {
    const mask = this.#slots.length - 1;
    const hash = this.hashes[index] ?? 0;
    let at = typeof hash === 'number' ? hash & mask : Number(BigInt.asUintN(64, hash) & BigInt(mask));
    if (this.#place(index, at, mask)) return;
    let perturb = BigInt.asUintN(64, BigInt(hash));
    do {
      perturb >>= 5n;
      at = Number((BigInt(at) * 5n + 1n + perturb) & BigInt(mask));
    } while (!this.#place(index, at, mask));
  }

  /** Takes the first free of a few slots in a row; says whether there was one. */
  #place(index: number, at: number, mask: number): boolean {
    const last = at + LINEAR_PROBES <= mask ? at + LINEAR_PROBES : at;
    for (let slot = at; slot <= last; slot++) {
      if (this.#slots[slot] !== undefined) continue;
      this.#slots[slot] = index;
      return true;
    }
    return false;
  }

  #grow(wanted: number): void {
    let size = 8;
    while (size <= wanted) size *= 2;
    const before = this.#slots;
    this.#slots = new Array<number | undefined>(size);
    for (const index of before) if (index !== undefined) this.#insert(index);
  }
}
