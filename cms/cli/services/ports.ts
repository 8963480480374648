import { createServer } from 'node:net'
import { z } from 'zod'
import { reasonOf, type DataFolders } from '../folders.ts'
import { readJson, writeJson } from '../read-json.ts'
import { Refusal } from '../refusal.ts'
import type { Settings } from '../settings.ts'

/** Where each process of one cluster listens. */
export type Ports = {
  portal: number
  cms: number
  delivery: number
  worker: number
  /** The portal's port for operators, and those of the CMS and the delivery server; the worker's own port is one. */
  operator: number
  cmsOperator: number
  deliveryOperator: number
}

/** Ports that only the cluster's own processes use: these numbers where they are free, others where not. */
const USUAL = { delivery: 3001, worker: 3002, operator: 4322, cmsOperator: 3003, deliveryOperator: 3004 }

/**
 * Settles the ports of the node processes. What the operator named, and the two public ports, must be free;
 * the inner ones move aside. Throws `Refusal` naming the variable to change.
 */
export async function settlePorts(settings: Settings): Promise<Ports> {
  const { HOST } = settings
  const taken = new Set<number>()
  const demand = async (variable: string, label: string, port: number, host: string) => {
    if (taken.has(port)) {
      throw new Refusal(`端口 ${port} 同时分给了两个服务，请改一下环境变量 ${variable}（${label}）。`)
    }
    const fault = await whyNotFree(port, host)
    if (fault) throw new Refusal(describeFault({ fault, variable, label, port, host }))
    taken.add(port)
    return port
  }
  const prefer = async (port: number) => {
    const usable = !taken.has(port) && !(await whyNotFree(port, '127.0.0.1'))
    const settled = usable ? port : await freePort()
    taken.add(settled)
    return settled
  }
  const inner = (variable: string, label: string, given: number | undefined, usual: number) =>
    given === undefined ? prefer(usual) : demand(variable, label, given, '127.0.0.1')

  const portal = await demand('PORTAL_PORT', '门户', settings.PORTAL_PORT, HOST)
  const cms = await demand('CMS_PORT', '管理后台', settings.CMS_PORT, HOST)
  return {
    portal,
    cms,
    delivery: await inner('DELIVERY_PORT', '发布服务', settings.DELIVERY_PORT, USUAL.delivery),
    worker: await inner('WORKER_PORT', '后台任务', settings.WORKER_PORT, USUAL.worker),
    operator: await inner('OPERATOR_PORT', '门户运维口', settings.OPERATOR_PORT, USUAL.operator),
    cmsOperator: await inner('CMS_OPERATOR_PORT', '后台运维口', settings.CMS_OPERATOR_PORT, USUAL.cmsOperator),
    deliveryOperator: await inner('DELIVERY_OPERATOR_PORT', '发布服务运维口', settings.DELIVERY_OPERATOR_PORT, USUAL.deliveryOperator),
  }
}

/** The ports that a cluster of these settings has when all goes well; nobody listens on them yet. */
export function usualPorts(settings: Settings): Ports {
  return {
    portal: settings.PORTAL_PORT,
    cms: settings.CMS_PORT,
    delivery: settings.DELIVERY_PORT ?? USUAL.delivery,
    worker: settings.WORKER_PORT ?? USUAL.worker,
    operator: settings.OPERATOR_PORT ?? USUAL.operator,
    cmsOperator: settings.CMS_OPERATOR_PORT ?? USUAL.cmsOperator,
    deliveryOperator: settings.DELIVERY_OPERATOR_PORT ?? USUAL.deliveryOperator,
  }
}

/**
 * The port of an engine that the cluster brings along: the one given, the one it had last time, or any free one,
 * remembered. Throws `Refusal` when a given port is taken.
 */
export async function settleEnginePort(
  { folders, engine, variable, given }:
  { folders: DataFolders, engine: 'postgres' | 'meilisearch', variable: string, given: number | undefined },
): Promise<number> {
  const kept = readJson(folders.ports, z.record(z.string(), z.number())) ?? {}
  if (given !== undefined) {
    const fault = await whyNotFree(given, '127.0.0.1')
    if (fault) throw new Refusal(describeFault({ fault, variable, label: engine, port: given, host: '127.0.0.1' }))
  }
  const before = kept[engine]
  const isUsable = before !== undefined && !(await whyNotFree(before, '127.0.0.1'))
  const port = given ?? (isUsable ? before : await freePort())
  if (port !== before) writeJson(folders.ports, { ...kept, [engine]: port })
  return port
}

/** A port that nobody listens on at 127.0.0.1, chosen by the system. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = address && typeof address === 'object' ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}

/** The system's word for why a port cannot be listened on (`EADDRINUSE`), or null when it can. */
function whyNotFree(port: number, host: string): Promise<string | null> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', (error) => resolve(reasonOf(error)))
    probe.listen(port, host, () => probe.close(() => resolve(null)))
  })
}

function describeFault(
  { fault, variable, label, port, host }:
  { fault: string, variable: string, label: string, port: number, host: string },
): string {
  if (fault === 'EADDRINUSE') {
    return `端口 ${port}（${label}）已被别的程序占用。请停掉那个程序，或换一个端口，例如 ${variable}=${port + 10}。`
  }
  if (fault === 'EACCES') return `没有权限使用端口 ${port}（${label}）。请用 ${variable} 换成 1024 以上的端口。`
  return `无法在 ${host} 的端口 ${port}（${label}）上监听（${fault}）。请检查环境变量 HOST 和 ${variable}。`
}
