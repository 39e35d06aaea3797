package io.taskauth.oauth;

import com.nimbusds.common.contenttype.ContentType;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.util.JSONArrayUtils;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import java.util.List;
import net.minidev.json.JSONObject;

/** The JSON in a provider's answer, if that is what the answer is. */
final class ProviderJson {
  private ProviderJson() {}

  static JSONObject object(HTTPResponse response) throws RefusedException {
    try {
      return JSONObjectUtils.parse(body(response));
    } catch (ParseException e) {
      throw new RefusedException("response");
    }
  }

  static List<Object> array(HTTPResponse response) throws RefusedException {
    try {
      return JSONArrayUtils.parse(body(response));
    } catch (ParseException e) {
      throw new RefusedException("response");
    }
  }

  private static String body(HTTPResponse response) throws RefusedException {
    ContentType type = response.getEntityContentType();
    // A page of HTML is an answer from something else, a captive portal for one.
    boolean json =
        type != null && (type.getSubType().equals("json") || type.getSubType().endsWith("+json"));
    if (response.getStatusCode() != 200 || !json || response.getBody() == null) {
      throw new RefusedException("response");
    }
    return response.getBody();
  }
}
