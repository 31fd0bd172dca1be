/** JSON that is text already, in Python's style, and is stored as it stands. */
export class JsonText {
  constructor(readonly text: string) {}
}
