/** The libraries of functions that Kubernetes' expressions have beyond the specification, by version. */
export { AUTHORIZER_TYPE, AUTHORIZER_VARIABLES, RESOURCE_CHECK_TYPE, usesAuthorizer } from "./authorizer.ts";
export { functionsOf, LIBRARIES, type Library, MUTATION_LIBRARIES, typeNamesOf } from "./libraries.ts";
