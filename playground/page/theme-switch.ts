import { byId } from "../dom/index.ts";

const KEY = "fairlead-theme";

/** Lets the reader choose between light and dark, and remembers it where the browser allows that. */
export function startThemeSwitch(): void {
  const control = byId("theme", HTMLSelectElement);
  const show = (theme: string): void => {
    if (theme === "light" || theme === "dark") document.documentElement.dataset["theme"] = theme;
    else delete document.documentElement.dataset["theme"];
  };
  const stored = remembered();
  if (stored !== undefined) control.value = stored;
  show(control.value);
  control.addEventListener("change", () => {
    show(control.value);
    try {
      localStorage.setItem(KEY, control.value);
    } catch {
      // A browser that keeps nothing forgets this, too.
    }
  });
}

function remembered(): string | undefined {
  try {
    const theme = localStorage.getItem(KEY);
    return theme === "light" || theme === "dark" ? theme : undefined;
  } catch {
    return undefined;
  }
}
