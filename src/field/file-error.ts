/** Sentences for the error codes of the file system, by code. */
export type FileErrorTexts = Readonly<Record<string, string>>;

/** About one file. */
const FILE_ERRORS: FileErrorTexts = {
  ENOENT: "there is no such file",
  EACCES: "permission is denied",
  EPERM: "permission is denied",
  ELOOP: "its symbolic links form a loop",
  ENOTDIR: "a part of its path is not a folder",
  ENAMETOOLONG: "its name is too long",
  ENXIO: "nothing is connected to its other end",
  EMFILE: "too many files are open",
  EISDIR: "this is a folder",
  ENOSPC: "no space is left on the device",
  EROFS: "the file system is read-only",
};

/** About a path of policies or policy tests, which may be a file or a directory. */
export const POLICY_PATH_ERRORS: FileErrorTexts = {
  ENOENT: "there is no such file or directory",
  EACCES: "may not be read",
  ELOOP: "is a symbolic link that leads to itself",
};

/** For places that pass on the system's own message. */
export const SYSTEM_MESSAGES: FileErrorTexts = {};

/** Why a file operation failed: the sentence for the error's code, or the error's own message. */
export function fileErrorReason(error: unknown, texts: FileErrorTexts = FILE_ERRORS): string {
  const code = errorCode(error) ?? "";
  if (Object.hasOwn(texts, code)) return texts[code] ?? code;
  return error instanceof Error ? error.message : String(error);
}

/** The system's code of an error, such as `ENOENT`; undefined for an error without one. */
export function errorCode(error: unknown): string | undefined {
  // Not `instanceof`: an error of another realm has a code, too.
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : undefined;
}
