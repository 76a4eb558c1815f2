import { CelError } from "../../cel/values/index.ts";

/**
 * A value that is not known where the policy is evaluated, such as the user of a request in CI. It goes through an
 * expression as an error does: where the outcome does not depend on it, it is as if it had not been there.
 */
export class Undetermined extends CelError {
  constructor(what: string) {
    super(`${what} is not known here`);
  }
}
