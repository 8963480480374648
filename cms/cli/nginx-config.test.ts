import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { HSTS, PORTAL_HEADERS } from '@cluster/shared/http/security-headers'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { ask } from './bench/ask.ts'
import { findProgram } from './bench/find-program.ts'
import { runNginx } from './bench/run-nginx.ts'
import { nginxConfig } from './nginx-config.ts'
import { freePort } from './services/ports.ts'

const plain = { pages: '/srv/pages', portal: '127.0.0.1:4321', cms: null, listen: '80', hostPattern: '{slug}.example.gov.cn' }
const secure = { ...plain, cms: '127.0.0.1:3000', listen: '443', isTls: true, certificate: { chain: '/etc/tls/chain.pem', key: '/etc/tls/key.pem' } }

it('the front says with stored pages what the portal says with its own', () => {
  const config = nginxConfig(plain)
  for (const [name, value] of Object.entries(PORTAL_HEADERS)) expect(config).toContain(`add_header ${name} "${value}" always;`)
  expect(config).toContain('server_tokens off;')
})

it('the front asks for TLS only where readers come by it', () => {
  expect(nginxConfig(plain)).not.toContain('Strict-Transport-Security')
  const config = nginxConfig(secure)
  expect(config).toContain(`add_header Strict-Transport-Security "${HSTS}" always;`)
  expect(config).toContain('return 308 https://$host$request_uri;')
  expect(config.match(/ssl_certificate_key/g)?.length).toBe(3)
})

it('the front hands on the address that it sees, never the one that a reader wrote', () => {
  const config = nginxConfig(secure)
  expect(config.match(/proxy_set_header X-Forwarded-For \$remote_addr;/g)?.length).toBe(2)
  expect(config).not.toContain('$proxy_add_x_forwarded_for')
})

it.skipIf(findProgram('nginx') === null)('nginx understands it', () => {
  const folder = temporaryFolder('cluster-nginx-config')
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, 'tmp'))
  const certificate = { chain: join(folder, 'chain.pem'), key: join(folder, 'key.pem') }
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1', '-subj', '/CN=localhost',
    '-keyout', certificate.key, '-out', certificate.chain], { stdio: 'ignore' })
  for (const front of [plain, { ...secure, certificate }]) {
    const file = join(folder, 'nginx.conf')
    const body = nginxConfig({ ...front, pages: folder })
    writeFileSync(file, `daemon off; pid ${folder}/pid; error_log ${folder}/error.log;
events {} http { access_log off;
  client_body_temp_path ${folder}/tmp; proxy_temp_path ${folder}/tmp; fastcgi_temp_path ${folder}/tmp; uwsgi_temp_path ${folder}/tmp; scgi_temp_path ${folder}/tmp;
  ${body} }`)
    execFileSync(findProgram('nginx')!, ['-t', '-q', '-c', file], { stdio: 'pipe' })
  }
})

it.skipIf(findProgram('nginx') === null)('what is stored comes from the files, everything else from the portal under the address that the reader asked for', async () => {
  const folder = temporaryFolder('cluster-nginx-front')
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const host = 'suzhou-kunshan.localhost'
  for (const path of ['articles/1/index.html', 'rss.xml']) {
    mkdirSync(dirname(join(folder, 'pages', host, path)), { recursive: true })
    writeFileSync(join(folder, 'pages', host, path), `stored ${path}`)
  }
  const portal = createServer((request, answer) => answer.end(`portal ${request.method} ${request.headers.host} ${request.url}`))
  await new Promise<void>((resolve) => portal.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => { portal.close() })
  const port = await freePort()
  const front = await runNginx({ program: findProgram('nginx')!, folder, port, servers: nginxConfig({
    ...plain, pages: join(folder, 'pages'), portal: `127.0.0.1:${(portal.address() as AddressInfo).port}`, listen: `127.0.0.1:${port}`, hostPattern: '{slug}.localhost',
  }) })
  onTestFinished(front.stop)
  const read = async (path: string, { method = 'GET', name = host } = {}) => (await ask({ port, path, method, headers: { Host: `${name}:${port}` } })).body.toString()
  expect(await read('/articles/1/')).toBe('stored articles/1/index.html')
  expect(await read('/rss.xml')).toBe('stored rss.xml')
  for (const path of ['/articles/2/', '/articles/1', '/articles/1/?from=list', '/search/?q=%E7%BC%96%E5%88%B6%20a', '/files/ab/%E8%A1%A8.pdf', '/sitemap-2.xml', '/', '/.records/pages/x']) {
    expect(await read(path), path).toBe(`portal GET ${host}:${port} ${path}`)
  }
  expect(await read('/letters/new/', { method: 'POST' })).toBe(`portal POST ${host}:${port} /letters/new/`)
  expect(await read('/articles/1/', { name: 'localhost' })).toBe(`portal GET localhost:${port} /articles/1/`)
  expect((await ask({ port, path: '/articles/1/', headers: { Host: 'elsewhere.example' } })).status).toBe(421)
})
