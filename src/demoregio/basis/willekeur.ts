/**
 * Randomness that gives the same answer on every engine and does not depend on the order of asking: each
 * stream is seeded by a hash of (master seed, entity type, entity id, purpose). Only integer arithmetic and
 * exactly specified IEEE operations (+ − × ÷, floor); never `Math.exp`, `log`, `pow` or `random`.
 */
export type Sleutel = string | number

function mix(h: number, k: number): number {
  const a = Math.imul(h ^ k, 0x85ebca6b)
  const b = Math.imul(a ^ (a >>> 13), 0xc2b2ae35)
  return (b ^ (b >>> 16)) >>> 0
}

/** 32-bit hash of a path of keys; strings and numbers are kept apart. */
export function hash(seed: number, ...sleutels: readonly Sleutel[]): number {
  let h = mix(0x9e3779b9, seed >>> 0)
  for (const sleutel of sleutels) {
    if (typeof sleutel === 'number') {
      h = mix(mix(h, 0x51), sleutel | 0)
      continue
    }
    h = mix(h, 0xa7)
    for (let i = 0; i < sleutel.length; i++) h = mix(h, sleutel.charCodeAt(i))
  }
  return h
}

/** A small fast stream (sfc32) for one entity and one purpose. */
export class Worp {
  private a: number
  private b: number
  private c: number
  private d = 1

  constructor(seed: number, ...sleutels: readonly Sleutel[]) {
    this.a = hash(seed, 1, ...sleutels)
    this.b = hash(seed, 2, ...sleutels)
    this.c = hash(seed, 3, ...sleutels)
    for (let i = 0; i < 8; i++) this.u32()
  }

  /** The next 32 random bits. */
  u32(): number {
    const t = (((this.a + this.b) | 0) + this.d) | 0
    this.d = (this.d + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = ((this.c << 21) | (this.c >>> 11)) + t
    return t >>> 0
  }

  /** An integer from 0 up to but excluding `n` (n below two million). */
  getal(n: number): number {
    return Math.floor((this.u32() * n) / 4_294_967_296)
  }

  /** An integer from `van` up to and including `tot`. */
  tussen(van: number, tot: number): number {
    return van + this.getal(tot - van + 1)
  }

  /** True in `duizendste` of thousand cases. */
  kans(duizendste: number): boolean {
    return this.getal(1000) < duizendste
  }

  /** Index drawn by whole weights; the first index when all weights are zero. */
  gewogen(gewichten: readonly number[]): number {
    const som = gewichten.reduce((a, b) => a + b, 0)
    if (som <= 0) return 0
    let rest = this.getal(som)
    for (let i = 0; i < gewichten.length; i++) {
      rest -= gewichten[i] ?? 0
      if (rest < 0) return i
    }
    return gewichten.length - 1
  }

  /** A new array in random order. */
  schud<T>(items: readonly T[]): T[] {
    const uit = [...items]
    for (let i = uit.length - 1; i > 0; i--) {
      const j = this.getal(i + 1)
      const a = uit[i] as T
      uit[i] = uit[j] as T
      uit[j] = a
    }
    return uit
  }
}

/** Durations relative to their median in thousandths: the 20 mid-quantiles of a Weibull with shape 1.2. */
export const DUUR_KWANTIELEN = [
  63, 162, 253, 344, 434, 527, 623, 723, 829, 941, 1061, 1192, 1335, 1496, 1679, 1894, 2156, 2497, 3000, 4030,
] as const

/** Severity relative to the mean in hundredths: skewed to the right, mean about 100. */
export const ZWAARTE_KWANTIELEN = [
  24, 33, 40, 47, 53, 60, 66, 72, 79, 86, 93, 101, 109, 118, 128, 140, 155, 175, 205, 260,
] as const
