package io.taskauth.server;

class BehindNginxTest extends BehindAProxy {
  @Override
  ProxyProcess startOrSkip(ProxyProcess.Place where) throws Exception {
    return ProxyProcess.nginxOrSkip(where);
  }
}
