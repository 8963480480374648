/// <reference types="astro/client" />

declare namespace App {
  interface Locals {
    /** The page model to show; set by the portal before it rewrites to a route of the site's release. */
    page: import('@cluster/shared/delivery/page-models').PageModel
  }
}
