package io.taskauth.server.webhook;

import io.taskauth.server.page.PageEndpoint;
import io.taskauth.server.page.PageServlet;
import io.taskauth.server.page.Pages;
import io.taskauth.server.web.Route;
import io.taskauth.server.web.Routes;
import io.taskauth.webhook.Webhooks;
import java.util.List;

/** {@code /webhooks}: what the API does, for people. The filter asks for the role. */
public final class WebhookPages extends PageServlet {
  private static final long serialVersionUID = 1;

  private final transient Routes<PageEndpoint> routes;

  public WebhookPages(Webhooks webhooks, Pages pages) {
    super(pages);
    WebhookPage one = new WebhookPage(webhooks);
    ListPage list = new ListPage(webhooks);
    NewPage fresh = new NewPage(webhooks, one);
    DeliveryPages deliveries = new DeliveryPages(webhooks);
    String delivery = "/webhooks/{id}/deliveries/{delivery_id}";
    this.routes =
        new Routes<PageEndpoint>(
            List.of(
                new Route<>("GET", "/webhooks", list::show),
                new Route<>("GET", "/webhooks/new", fresh::show),
                new Route<>("POST", "/webhooks/new", fresh::create),
                new Route<>("GET", "/webhooks/{id}", one::show),
                new Route<>("POST", "/webhooks/{id}", one::change),
                new Route<>("GET", "/webhooks/{id}/deliveries", deliveries::list),
                new Route<>("GET", delivery, deliveries::show),
                new Route<>("POST", delivery, deliveries::replay)));
  }

  @Override
  protected Routes<PageEndpoint> routes() {
    return routes;
  }
}
