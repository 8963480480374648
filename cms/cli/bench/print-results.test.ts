import { describe, expect, it } from 'vitest'
import { isReached, type Measurement } from './measurement.ts'
import { describeMeasurements, measurementsAsJson } from './print-results.ts'

const slow: Measurement = { figure: 'search', label: '搜索', unit: 'ms', bound: { atMost: 50 }, measured: 50.01 }
const fast: Measurement = {
  figure: 'import',
  label: '导入',
  unit: 'documents/s',
  bound: { atLeast: 300 },
  measured: 300,
}
const told: Measurement = { figure: 'start', label: '写入演示内容', unit: 's', bound: null, measured: 12.5 }
const skipped: Measurement = {
  figure: 'stored',
  label: '已存页面',
  unit: 'ratio',
  bound: { atLeast: 0.45 },
  measured: null,
  note: '本机没有 wrk',
}

describe('a measurement', () => {
  it('reaches a bound up to and including it', () => {
    expect(isReached(slow)).toBe(false)
    expect(isReached({ ...slow, measured: 50 })).toBe(true)
    expect(isReached(fast)).toBe(true)
    expect(isReached({ ...fast, measured: 299.9 })).toBe(false)
  })

  it('without a bound or a value is neither reached nor missed', () => {
    expect(isReached(told)).toBeNull()
    expect(isReached(skipped)).toBeNull()
  })
})

describe('the results', () => {
  it('are a line each, with bound, value, verdict and note', () => {
    const lines = describeMeasurements([slow, fast, told, skipped])
      .split('\n')
      .map((line) => line.trim().split(/ {2,}/))
    expect(lines.slice(1)).toEqual([
      ['搜索', '≤ 50 毫秒', '50.01 毫秒', '未达到'],
      ['导入', '≥ 300 份/秒', '300 份/秒', '达到'],
      ['写入演示内容', '—', '12.5 秒', '参考'],
      ['已存页面', '≥ 0.45', '—', '跳过', '本机没有 wrk'],
    ])
  })

  it('show a ratio so finely that a missed bound does not look reached', () => {
    const missed: Measurement = { ...skipped, measured: 0.4486 }
    expect(describeMeasurements([missed]).split('\n')[1]).toMatch(/≥ 0\.45 +0\.449 +未达到/)
  })

  it('keep their numbers in JSON', () => {
    const [first, , , last] = JSON.parse(JSON.stringify(measurementsAsJson([slow, fast, told, skipped])))
    expect(first).toEqual({
      figure: 'search',
      label: '搜索',
      unit: 'ms',
      atMost: 50,
      measured: 50.01,
      isReached: false,
    })
    expect(last).toMatchObject({ measured: null, isReached: null, note: '本机没有 wrk' })
  })
})
