/** A value while it is put together. */
export type Writable<T> = { -readonly [K in keyof T]: T[K] };
