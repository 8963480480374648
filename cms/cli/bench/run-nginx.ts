import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ask } from './ask.ts'

export type Nginx = { stop: () => Promise<void> }

const READY_WITHIN_MS = 5_000

/** One worker, as the ratio demands; no log, as the portal writes none; connections never end for having been used. */
const configuration = (folder: string, servers: string) => `${process.getuid?.() === 0 ? 'user root;' : ''}
worker_processes 1;
daemon off;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log warn;
events { worker_connections 1024; }
http {
  types { text/html html; text/css css; application/xml xml; text/plain txt; }
  default_type application/octet-stream;
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
${servers}
}
`

/** Starts an nginx of our own in `folder` with these `server` blocks; resolves when `port` answers. */
export async function runNginx({
  program,
  folder,
  servers,
  port,
}: {
  program: string
  folder: string
  servers: string
  port: number
}): Promise<Nginx> {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'nginx.conf')
  writeFileSync(file, configuration(folder, servers))
  const child = spawn(program, ['-p', folder, '-c', file], { stdio: ['ignore', 'pipe', 'pipe'] })
  // It is a server in its own right and would outlive this process.
  const endAtOnce = () => {
    child.kill('SIGTERM')
  }
  process.once('exit', endAtOnce)
  let output = ''
  let hasEnded = false
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  const ended = new Promise<void>((resolve) => {
    for (const event of ['close', 'error'] as const) {
      child.once(event, () => {
        hasEnded = true
        resolve()
      })
    }
  })
  const deadline = performance.now() + READY_WITHIN_MS
  while (!hasEnded && performance.now() < deadline) {
    const isThere = await ask({ port, path: '/' }).then(
      () => true,
      () => false,
    )
    if (isThere) {
      return {
        stop: async () => {
          process.off('exit', endAtOnce)
          child.kill('SIGTERM')
          await ended
        },
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  child.kill('SIGTERM')
  await ended
  throw new Error(`nginx did not start: ${output.slice(0, 600)}`)
}
