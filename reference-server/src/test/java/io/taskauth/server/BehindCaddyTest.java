package io.taskauth.server;

class BehindCaddyTest extends BehindAProxy {
  @Override
  ProxyProcess startOrSkip(ProxyProcess.Place where) throws Exception {
    return ProxyProcess.caddyOrSkip(where);
  }
}
