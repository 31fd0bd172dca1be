import { isIndexLike } from './dict.js';
import { PyDict, type Json } from './py-dict.js';

/** The brackets that end them, as codes. */
export const LIST_END = 93;
export const DICT_END = 125;

/** A list or a dict whose end is not read yet. */
export interface Container {
  readonly end: number;
  readonly value: Json;
  /** The key of the next value of a dict. */
  key: string;
  add(value: Json): void;
}

/** A list that is being read. */
export class ListInMaking implements Container {
  readonly end = LIST_END;
  key = '';
  readonly value: Json[] = [];

  add(value: Json): void {
    this.value.push(value);
  }
}

/** A plain object until a key comes that it would lose or move. */
export class DictInMaking implements Container {
  readonly end = DICT_END;
  key = '';
  #plain: Record<string, Json> = {};
  #dict: PyDict | undefined;
  #lastIndex = -1;
  #hasText = false;

  get value(): Json {
    return this.#dict ?? this.#plain;
  }

  add(value: Json): void {
    if (this.#dict === undefined && !this.#fits(this.key)) this.#dict = new PyDict(Object.entries(this.#plain));
    if (this.#dict === undefined) this.#plain[this.key] = value;
    else this.#dict.set(this.key, value);
  }

  #fits(key: string): boolean {
    if (key === '__proto__') return false;
    if (!isIndexLike(key)) {
      this.#hasText = true;
      return true;
    }
    const index = Number(key);
    if (this.#hasText || index <= this.#lastIndex) return false;
    this.#lastIndex = index;
    return true;
  }
}
