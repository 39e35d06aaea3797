package io.taskauth.oauth;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import java.net.URI;
import java.text.ParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys that a provider signs with. One that is unknown makes us look whether there is news. */
final class ProviderKeys implements JWKSource<SecurityContext> {
  private static final int MAX_BYTES = 512 * 1024;
  // Each key that might fit is tried where a token does not say which.
  private static final int MAX_KEYS = 100;

  private final Cached<JWKSet> keys;

  ProviderKeys(Cached<JWKSet> keys) {
    this.keys = keys;
  }

  static JWKSet load(ProviderHttp http, URI uri) throws RefusedException {
    HTTPRequest request = new HTTPRequest(HTTPRequest.Method.GET, uri);
    return Distrust.of(() -> parse(http.send(request, MAX_BYTES)));
  }

  private static JWKSet parse(HTTPResponse response) throws RefusedException, ParseException {
    if (ProviderJson.object(response).get("keys") instanceof List<?> list
        && list.size() > MAX_KEYS) {
      throw new RefusedException("response_too_large");
    }
    return JWKSet.parse(response.getBody());
  }

  @Override
  public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context)
      throws KeySourceException {
    try {
      List<JWK> found = selector.select(keys.get());
      return found.isEmpty() ? selector.select(keys.renewed()) : found;
    } catch (RefusedException e) {
      throw new KeySourceException(e.reason(), e);
    }
  }
}
