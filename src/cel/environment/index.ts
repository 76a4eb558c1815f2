/** CEL as the API server's admission policies have it, by its version. */
export { ADMISSION_TYPES, ADMISSION_VARIABLES, type ObjectTypes } from "./admission-types.ts";
export { compile, type Compilation, type Compiled, type Uncompiled } from "./compile.ts";
export { type Declarations, type Environment, environmentFor } from "./environment.ts";
