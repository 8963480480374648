import type { DataFolders } from '../folders.ts'
import { Refusal } from '../refusal.ts'
import { forgetRunning, keepRunning } from './running.ts'
import { supervise, type Service, type ServiceOrder } from './supervise.ts'

/** The services that one command has running. */
export type House = {
  /** Starts services side by side and waits until all serve. Throws `Refusal` when one does not. */
  start: (orders: ServiceOrder[]) => Promise<void>
  /** Writes down that everything is up, with the environment that a second command may join with. */
  announce: (env: Record<string, string>) => void
  /** Ends everything in order, the last started group first. */
  stop: () => Promise<void>
  /** Ends everything at once. */
  kill: () => void
}

/** An empty house on a data folder. `isEchoed` shows the services' own lines on the console. */
export function openHouse({ folders, isEchoed }: { folders: DataFolders, isEchoed: boolean }): House {
  const groups: Service[][] = []
  let announced: Record<string, string> | null = null
  let isClosed = false
  const keep = () => {
    if (!isClosed) keepRunning({ folders, services: groups.flat(), env: announced })
  }
  return {
    start: async (orders) => {
      if (isClosed) throw new Refusal('正在停止，不再启动新的服务。')
      const group: Service[] = []
      groups.push(group)
      const attempts = await Promise.allSettled(orders.map(async (order) => {
        const { service, ready } = supervise({ order, logFolder: folders.logs, isEchoed, onChange: keep })
        group.push(service)
        keep()
        await ready
      }))
      const failed = attempts.find((attempt) => attempt.status === 'rejected')
      if (failed) throw failed.reason
    },
    announce: (env) => {
      announced = env
      keep()
    },
    stop: async () => {
      isClosed = true
      for (const group of groups.toReversed()) await Promise.all(group.map((service) => service.stop()))
      forgetRunning(folders)
    },
    kill: () => {
      isClosed = true
      for (const service of groups.flat()) service.kill()
    },
  }
}
