package io.taskauth.benchmarks.nodes;

import io.taskauth.benchmarks.Figures;
import io.taskauth.benchmarks.Stores;
import java.util.List;

/** What several nodes on one server of databases hear of each other, and what listening costs. */
public final class NodesBenchmark {
  private NodesBenchmark() {}

  public static void main(String[] args) throws InterruptedException {
    List<String> addresses = Stores.chosen().stream().filter(Stores::isShared).toList();
    Figures figures = Figures.here(addresses);
    for (String address : addresses) {
      RevocationDelay.measure(address, figures);
      IdleFeed.measure(address, figures);
    }
    figures.save("nodes");
  }
}
