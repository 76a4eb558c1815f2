/** What asks the recorded questions within a browser. */
import { celFigures, serviceFigures } from "./figures.ts";

Object.assign(globalThis, { celFigures, serviceFigures });
