package org.tim4j.objective.reference;

import java.util.ArrayList;
import java.util.List;
import org.tim4j.layers.json.JsonFields;
import org.tim4j.layers.reference.CaseResult;
import org.tim4j.layers.reference.ReferenceFile;
import org.tim4j.layers.reference.ReferenceFolder;
import org.tim4j.layers.reference.ReferenceSuite;
import org.tim4j.layers.weights.TensorType;

/** Paths and transitions of every transport over a grid of times. */
public final class TransportSuite implements ReferenceSuite {
  private static final String FILE = "transports";

  @Override
  public List<CaseResult> run(ReferenceFolder folder) {
    List<CaseResult> results = new ArrayList<>();
    try (ReferenceFile file = folder.open(FILE, TensorType.F64)) {
      JsonFields params = file.description().object("params");
      for (String name : params.names()) {
        results.add(
            TransportCase.of(file, name, ReferenceTransports.of(name, params.object(name)))
                .compare());
      }
      file.requireAllRead();
    }
    return results;
  }

  @Override
  public List<String> files() {
    return List.of(FILE);
  }
}
