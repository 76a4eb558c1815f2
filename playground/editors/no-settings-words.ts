/** What an editor says of `.fairlead.yaml`, for a page that has no such file. */

/** What the place in the file takes: nothing is known. */
export function settingsExpected(): undefined {
  return undefined;
}

/** The help for a key of the file: there is none. */
export function settingsPage(): undefined {
  return undefined;
}
