/** Input or options that cannot be used. The message says what is wrong, where, and what to do instead. Exit code 2. */
export class Unusable extends Error {
  override readonly name = "Unusable";
}
