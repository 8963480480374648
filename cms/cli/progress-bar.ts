import { SingleBar } from 'cli-progress'
import { say } from './progress.ts'

/** On a log a line each time this much more of the work is done; on a terminal a bar. */
const STEPS = 10

export type Bar = { show: (done: number, total: number) => void; close: () => void }

/** Shows how far a longer work has come. `unit` is the Chinese measure word: 份. */
export function openBar(label: string, unit: string): Bar {
  return process.stdout.isTTY ? terminalBar(label, unit) : logBar(label, unit)
}

function terminalBar(label: string, unit: string): Bar {
  const bar = new SingleBar({
    format: `${label} {bar} {value}/{total} ${unit}，还需 {eta} 秒`,
    hideCursor: true,
    clearOnComplete: true,
    barsize: 30,
  })
  let isStarted = false
  return {
    show: (done, total) => {
      if (!isStarted) bar.start(total, done)
      isStarted = true
      bar.setTotal(total)
      bar.update(done)
    },
    close: () => {
      if (isStarted) bar.stop()
    },
  }
}

function logBar(label: string, unit: string): Bar {
  let shown = 0
  return {
    show: (done, total) => {
      const step = total === 0 ? STEPS : Math.floor((done / total) * STEPS)
      if (step <= shown) return
      shown = step
      say(`  ${label} ${done}/${total} ${unit}`)
    },
    close: () => {},
  }
}
