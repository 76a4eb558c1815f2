/**
 * The exit codes of every `fairlead` command; documented in docs/ci.md. `bin.ts` has a copy of `unusable`, since it must
 * not import anything.
 */
export const EXIT_CODES = {
  /** Success: no finding that fails the run, every policy test as expected, a clean shutdown. */
  success: 0,
  /** `check`: a finding fails the run. `upgrade`: a Service is newly refused. `test`: a policy test had another result than expected. */
  failure: 1,
  /** Input, options or configuration that cannot be used; also a bug in Fairlead. */
  unusable: 2,
  /** `check`: there was no Service to check, and an option makes that a failure. */
  empty: 3,
} as const;
