/** Input or options that cannot be used: the message says what was wrong, where, and what would be right. Exit code 2. */
export class Unusable extends Error {
  override readonly name = "Unusable";
}
