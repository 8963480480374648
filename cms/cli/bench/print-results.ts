import { cpus, totalmem } from 'node:os'
import { table } from '../describe-cluster.ts'
import type { LoadedDocument } from './loaded-documents.ts'
import { isReached, type Measurement, type Unit } from './measurement.ts'

const UNITS: Record<Unit, string> = {
  ms: ' 毫秒',
  s: ' 秒',
  ratio: '',
  'documents/s': ' 份/秒',
  MB: ' MB',
  renders: ' 次',
  requests: ' 次',
}

/** The machine and what was loaded: without them a figure says nothing. */
export function describeMachine(documents: readonly LoadedDocument[]) {
  const imported = documents.filter(({ isImported }) => isImported).length
  return {
    machine: {
      cores: cpus().length,
      processor: cpus()[0]?.model.trim() ?? '',
      memoryBytes: totalmem(),
      platform: `${process.platform} ${process.arch}`,
      node: process.version,
    },
    documents: { public: documents.length, imported, demo: documents.length - imported },
  }
}

/** One line for each measurement: what, bound, measured, reached or not, and what else there is to say. */
export function describeMeasurements(measurements: readonly Measurement[]): string {
  const rows = measurements.map((measurement) => [
    measurement.label,
    describeBound(measurement),
    describeValue(measurement),
    describeVerdict(measurement),
    measurement.note ?? '',
  ])
  return table([['项目', '要求', '实测', '结论', '说明'], ...rows]).join('\n')
}

/** The same as numbers. */
export function measurementsAsJson(measurements: readonly Measurement[]) {
  return measurements.map(({ figure, label, unit, bound, measured, note, details }) => ({
    figure,
    label,
    unit,
    ...bound,
    measured,
    isReached: isReached({ bound, measured }),
    note,
    details,
  }))
}

function describeBound({ bound, unit }: Measurement): string {
  if (bound === null) return '—'
  return 'atMost' in bound ? `≤ ${bound.atMost}${UNITS[unit]}` : `≥ ${bound.atLeast}${UNITS[unit]}`
}

/** Small values with as many digits as still mean something, large ones without. */
function describeValue({ measured, unit }: Measurement): string {
  if (measured === null) return '—'
  const digits = unit === 'ratio' ? 3 : measured >= 100 ? 0 : 2
  return `${Number(measured.toFixed(digits))}${UNITS[unit]}`
}

function describeVerdict(measurement: Measurement): string {
  if (measurement.measured === null) return '跳过'
  const reached = isReached(measurement)
  return reached === null ? '参考' : reached ? '达到' : '未达到'
}
