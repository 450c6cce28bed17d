/** A table of yes and no: one row of bits per item, so that whole rows are joined 32 answers at a time. */
export class BitRows {
  readonly #words: number;
  readonly #bits: Uint32Array;

  constructor(size: number) {
    this.#words = Math.ceil(size / 32);
    this.#bits = new Uint32Array(size * this.#words);
  }

  has(row: number, column: number): boolean {
    return ((this.#bits[row * this.#words + (column >> 5)] ?? 0) & (1 << (column & 31))) !== 0;
  }

  set(row: number, column: number): void {
    const at = row * this.#words + (column >> 5);
    this.#bits[at] = (this.#bits[at] ?? 0) | (1 << (column & 31));
  }

  /** Adds all of another row (of this table unless said otherwise) to a row. */
  join(row: number, other: number, table: BitRows = this): void {
    for (let word = 0; word < this.#words; word++) {
      const at = row * this.#words + word;
      this.#bits[at] = (this.#bits[at] ?? 0) | (table.#bits[other * this.#words + word] ?? 0);
    }
  }
}
