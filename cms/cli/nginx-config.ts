import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { crawlerMapPath, feedPath, robotsPath } from '@cluster/shared/delivery/addresses'
import { JIANGSU_SITES } from '@cluster/shared/governance/site-tree'
import { HSTS, PORTAL_HEADERS } from '@cluster/shared/http/security-headers'
import { nginxBalancer } from './nginx-balancer.ts'
import { Refusal } from './refusal.ts'
import { readSettings } from './settings.ts'

type Front = {
  /** `<PAGE_STORE_DIR>`: pages as the portal wrote them. */
  pages: string
  portal: string
  cms: string | null
  listen: string
  /** `PORTAL_ORIGIN` without scheme and port, `{slug}.localhost`. */
  hostPattern: string
  /** True when readers come by `https`, here or at a proxy before this one. */
  isTls?: boolean
  /** Files of the certificate, where TLS ends here. */
  certificate?: { chain: string; key: string } | null
}

/** What the portal itself sends with everything; a static server in front says the same. */
const headerLines = (headers: Record<string, string>) =>
  Object.entries(headers).map(([name, value]) => `add_header ${name} "${value}" always;`).join('\n  ')
/** Beside those: readers ask each time, as the portal tells them to. */
export const PAGE_HEADERS = `add_header Cache-Control "public, max-age=0, must-revalidate";
  add_header Vary Accept-Encoding;
  ${headerLines(PORTAL_HEADERS)}`

/**
 * The configuration of an nginx in front of the portal: it serves what the portal has written, at the speed of plain files, and asks the portal
 * for everything else. A page that the portal purges is gone from the folder, so nginx never serves what the portal would not.
 */
export function nginxConfig({ pages, portal, cms, listen, hostPattern, isTls = false, certificate = null }: Front): string {
  const names = JIANGSU_SITES.map(({ slug }) => hostPattern.replace('{slug}', slug))
  const tls = certificate === null ? '' : `
  ssl_certificate ${certificate.chain};
  ssl_certificate_key ${certificate.key};
  ssl_protocols TLSv1.2 TLSv1.3;
  ssl_session_cache shared:cluster:10m;
  ssl_session_timeout 1d;
  ssl_session_tickets off;`
  const hsts = isTls ? `\n  ${headerLines({ 'Strict-Transport-Security': HSTS })}` : ''
  const asPortal = `proxy_http_version 1.1;
    proxy_set_header Connection "";
    proxy_set_header Host $http_host;
    # 只写真正的来访地址：读者自己写的一概不传，门户按它限制次数。
    proxy_set_header X-Forwarded-For $remote_addr;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_read_timeout 15s;`
  // On the machine itself `localhost` is the province's portal: for trying things out, so without files.
  const local = !hostPattern.endsWith('.localhost') ? '' : `
server {
  listen ${certificate === null ? listen : `${listen} ssl`};${tls}
  server_name localhost;
  server_tokens off;
  location / {
    proxy_pass http://portal;
    ${asPortal}
  }
}
`
  const listening = certificate === null ? listen : `${listen} ssl`
  return `# 机构编制网站群：放进 nginx 的 http { } 中（例如 /etc/nginx/conf.d/cluster.conf）。
# nginx 的工作进程须能读取 ${pages}。

# 一百多个域名；默认的表太小，每次都要多找几步。
server_names_hash_max_size 4096;
server_names_hash_bucket_size 128;

upstream portal { server ${portal}; keepalive 32; }

${certificate === null ? '' : `server {
  listen 80 default_server;
  return 308 https://$host$request_uri;
}

`}server {
  listen ${listening} default_server;${tls}
  server_name _;
  server_tokens off;
  # 不认识的域名
  location / { return 421; }
  location = /healthz { proxy_pass http://portal; }
}
${local}
server {
  listen ${listening};${tls}
  server_name ${names.join('\n    ')};

  server_tokens off;
  charset utf-8;
  client_max_body_size 64k;
  client_body_timeout 10s;
  client_header_timeout 10s;
  client_header_buffer_size 2k;
  large_client_header_buffers 4 8k;
  reset_timedout_connection on;
  send_timeout 20s;
  absolute_redirect off;
  log_not_found off;

  # 打开文件缓存会继续提供已经撤下的页面，因此保持关闭。
  open_file_cache off;
  # 不用 gzip_vary：它会让每次不压缩的读取也去打开 .gz 文件。
  gzip_static on;
  etag on;

  ${PAGE_HEADERS}${hsts}

  # 已存页面按域名放在各自的文件夹里。
  root ${pages}/$host;
  # 没有存下的页面、提交的表单（405）、带查询的地址（418），一律交给门户。
  error_page 403 404 405 418 = @portal;
  if ($is_args) { return 418; }
  # 不用 index 和 try_files：它们要多看一次磁盘。地址不以 / 结尾的，这样就找不到文件，也就交给门户。
  location / { rewrite ^ \${uri}index.html break; }
  ${[feedPath(), robotsPath(), crawlerMapPath()].map((path) => `location = ${path} { }`).join('\n  ')}
  location = /healthz { proxy_pass http://portal; }
  location /files/ { return 418; }
  location /_astro/ { return 418; }

  location @portal {
    # 读者原来的地址，不是上面改写过的。
    proxy_pass http://portal$request_uri;
    ${asPortal}
    # 门户的回答自己带好了全部的头；这里写一个，上面的就都不再添加。
    add_header X-Content-Type-Options nosniff always;
    proxy_hide_header X-Content-Type-Options;
  }
}
${cms === null ? '' : `
# 管理后台：只向内网开放。
server {
  listen ${cms.replace(/:\d+$/, certificate === null ? ':8080' : ':8443 ssl')};${tls}
  server_tokens off;
  client_max_body_size 60m;
  client_header_timeout 10s;
  client_body_timeout 30s;
  send_timeout 60s;
  reset_timedout_connection on;
  location / {
    proxy_pass http://${cms};
    proxy_http_version 1.1;
    proxy_set_header Connection "";
    proxy_set_header Host $http_host;
    proxy_set_header X-Forwarded-For $remote_addr;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_read_timeout 120s;
  }
}
`}`
}

/**
 * `npm run nginx-config -- [--listen 80] [--admin] [--certificate FILE --key FILE]`: prints the configuration for this data folder; with a
 * certificate TLS ends here, on port 443 unless another is given.
 * With `--portals a:4321,b:4321` (and `--deliveries …`, `--cms …`) it prints that of an nginx in front of several of each instead.
 */
export async function run(argv: string[]): Promise<number> {
  const { values } = parseArgs({ args: argv, options: { listen: { type: 'string' }, admin: { type: 'boolean', default: false }, certificate: { type: 'string' }, key: { type: 'string' },
    portals: { type: 'string' }, deliveries: { type: 'string' }, cms: { type: 'string' }, 'delivery-listen': { type: 'string' }, 'cms-listen': { type: 'string' },
  } })
  if (Boolean(values.certificate) !== Boolean(values.key)) throw new Refusal('--certificate 和 --key 要一起给：证书链文件和私钥文件。')
  const settings = readSettings()
  const origin = settings.PORTAL_ORIGIN ?? `http://{slug}.localhost:${settings.PORTAL_PORT}`
  if (values.portals !== undefined) {
    if (values.certificate) throw new Refusal('--portals 的配置里没有 TLS：请在它前面的代理上终止 TLS，或把证书写进印出来的配置。')
    console.log(nginxBalancer({
      portals: addresses(values.portals), deliveries: addresses(values.deliveries), cms: addresses(values.cms),
      listen: values.listen ?? '80',
      deliveryListen: values['delivery-listen'] ?? '127.0.0.1:3101',
      cmsListen: values['cms-listen'] ?? '8080',
      hostPattern: hostPatternOf(origin),
    }))
    return 0
  }
  console.log(nginxConfig({
    pages: join(settings.folders.pages),
    portal: `127.0.0.1:${settings.PORTAL_PORT}`,
    cms: values.admin ? `127.0.0.1:${settings.CMS_PORT}` : null,
    listen: values.listen ?? (values.certificate ? '443' : '80'),
    isTls: origin.startsWith('https:') || Boolean(values.certificate),
    certificate: values.certificate && values.key ? { chain: resolve(values.certificate), key: resolve(values.key) } : null,
    hostPattern: hostPatternOf(origin),
  }))
  return 0
}

/** `https://{slug}.example.gov.cn:8443` → `{slug}.example.gov.cn`. */
const hostPatternOf = (origin: string) => origin.replace(/^https?:\/\//, '').replace(/:\d+$/, '')

/** `a:4321,b:4321` → both. Throws `Refusal` on what is no address with a port: it would become part of the configuration. */
function addresses(list = ''): string[] {
  const given = list.split(',').map((address) => address.trim()).filter(Boolean)
  const wrong = given.find((address) => !/^[\w.\-[\]:]+:\d{1,5}$/.test(address))
  if (wrong !== undefined) throw new Refusal(`“${wrong}”不是“主机:端口”，例如 10.0.0.5:4321；多个之间用逗号分隔。`)
  return given
}
