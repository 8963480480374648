import { z } from 'zod'

/** So many requests in so many seconds. */
export type Rate = { points: number; seconds: number }

/** `100/10`: a hundred requests in ten seconds. */
export const rateSchema = z.string().regex(/^[1-9]\d{0,6}\/[1-9]\d{0,5}$/).transform((text): Rate => {
  const [points, seconds] = text.split('/').map(Number)
  return { points: points!, seconds: seconds! }
})

/** What whoever asks too often is told. @param seconds until the next attempt is worth while */
export function tooOften(what: string, seconds: number): string {
  const wait = seconds < 60 ? `${seconds} 秒` : `${Math.ceil(seconds / 60)} 分钟`
  return `${what}太频繁了，请等 ${wait}再试。`
}
