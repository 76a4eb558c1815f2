/** That a text could not be read, and why, in the words of Go. */
export class Failure {
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}
