const UNCHECKED = "is evaluated without a check of types, which the API server makes of every expression";
const CEL_GO = "cel-go itself answers otherwise with the API server's options";
const STRINGS = "the API server has version 2 of the library of strings, which wrote numbers, lists and maps otherwise";

/** The tests that the engine does not pass, by the beginning of their path, and why: so it is with the API server. */
export const EXCEPTIONS: Readonly<Record<string, string>> = {
  "basic/functions/unbound_is_runtime_error": UNCHECKED,
  "basic/variables/unbound_is_runtime_error": UNCHECKED,
  "comparisons/eq_literal/eq_list_elem_mixed_types": UNCHECKED,
  "comparisons/eq_literal/eq_mixed_types": UNCHECKED,
  "comparisons/eq_literal/not_eq_list_length": UNCHECKED,
  "comparisons/ne_literal/ne_mixed_types": UNCHECKED,
  "logic/AND/short_circuit_type_": UNCHECKED,
  "logic/OR/short_circuit_type_": UNCHECKED,
  "logic/conditional/mixed_type": UNCHECKED,
  "parse/receiver_function_names/": UNCHECKED,
  // A conversion of a constant is made when the expression is planned, and refuses it: here a key that nothing can have.
  "fields/map_fields/map_bad_key_type_and_false": CEL_GO,
  "fields/map_fields/map_bad_key_type_or_true": CEL_GO,
  "fields/qualified_identifier_resolution/map_key_float": CEL_GO,
  "fields/qualified_identifier_resolution/map_value_repeat_key": CEL_GO,
  // An error only with an option for presence tests that the API server does not set.
  "optionals/optionals/map_null_entry_no_such_key": CEL_GO,
  "optionals/optionals/map_present_key_invalid_field": CEL_GO,
  // It counts the milliseconds of the whole duration.
  "timestamps/duration_converters/get_milliseconds": CEL_GO,
  "string_ext/format/NaN support for decimal": STRINGS,
  "string_ext/format/NaN support for scientific notation": STRINGS,
  "string_ext/format/default precision for scientific notation": STRINGS,
  "string_ext/format/dyntype NaN/infinity support": STRINGS,
  "string_ext/format/dyntype support for lists": STRINGS,
  "string_ext/format/dyntype support for maps": STRINGS,
  "string_ext/format/dyntype support for scientific notation": STRINGS,
  "string_ext/format/list support for string": STRINGS,
  "string_ext/format/map support ": STRINGS,
  "string_ext/format/negative infinity support for ": STRINGS,
  "string_ext/format/positive infinity support for ": STRINGS,
  "string_ext/format/scientific notation formatting clause": STRINGS,
  "string_ext/value_errors/indexof_out_of_range": STRINGS,
  "string_ext/value_errors/lastindexof_out_of_range": STRINGS,
};

/** Why the engine does not pass a test; undefined if it must. */
export function whyException(path: string): string | undefined {
  return Object.entries(EXCEPTIONS).find(([start]) => path.startsWith(start))?.[1];
}
