/**
 * Loads by key and keeps what came for a short time. Who asks for the same key at the same time
 * shares one load; a failed load is forgotten. What it returns is shared: nobody may change it.
 */
export class Recent<T> {
  private readonly kept = new Map<string, { value: Promise<T>; at: number }>();

  /** @param ms how old an answer may be */
  constructor(
    private readonly load: (key: string) => Promise<T>,
    private readonly ms = 10_000,
    private readonly most = 20_000,
  ) {}

  get(key: string): Promise<T> {
    const known = this.kept.get(key);
    if (known && Date.now() - known.at < this.ms) return known.value;
    if (this.kept.size >= this.most) this.kept.clear();
    const value = this.load(key);
    this.kept.set(key, { value, at: Date.now() });
    value.catch(() => {
      if (this.kept.get(key)?.value === value) this.kept.delete(key);
    });
    return value;
  }

  clear(): void {
    this.kept.clear();
  }
}
