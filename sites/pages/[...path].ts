import type { APIRoute } from 'astro'

export const prerender = false

/** Stands at every address, so that the middleware runs; the middleware always rewrites to a release's page. */
export const ALL: APIRoute = () => new Response(null, { status: 404 })
