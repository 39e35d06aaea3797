package io.taskauth.server.task;

import io.taskauth.server.web.ApiServlet;
import io.taskauth.server.web.Call;
import io.taskauth.server.web.Json;
import io.taskauth.server.web.Refusal;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /api/drain}: how whatever deploys this server empties it first. */
public final class DrainApi extends ApiServlet {
  private static final long serialVersionUID = 1;

  private final transient TaskRunner runner;

  public DrainApi(TaskRunner runner) {
    this.runner = runner;
  }

  @Override
  protected void answer(Call call) throws IOException {
    if (!call.segments().isEmpty()) {
      throw Refusal.notFound();
    }
    call.allow("GET", "POST", "DELETE");
    if (call.is("POST")) {
      runner.drain();
    } else if (call.is("DELETE")) {
      runner.cancelDrain();
    }
    Map<String, @Nullable Object> body = Json.object();
    body.put("draining", runner.isDraining());
    body.put("in_flight", runner.inFlight());
    call.json(call.is("POST") ? 202 : 200, body);
  }
}
