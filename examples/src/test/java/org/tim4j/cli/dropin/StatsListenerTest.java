package org.tim4j.cli.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.stats.api.StatsReport;
import org.deeplearning4j.ui.model.stats.api.StatsType;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.objective.training.Examples;
import org.tim4j.objective.training.InMemoryData;
import org.tim4j.objective.training.TrainingConfig;
import org.tim4j.objective.training.TransitionTrainer;

/** What Deeplearning4j's training page is drawn from. */
class StatsListenerTest {
  @Test
  void theStatisticsOfEveryStepAreStored() {
    TimNetworkConfig network =
        TimNetworkConfig.builder().channels(1).patch(2).hidden(8).depth(1).heads(1).build();
    Examples examples =
        new Examples(
            RandomStream.of(1, 0, Purpose.NOISE).gaussians(DataType.FLOAT, 8, 1, 4, 4), null);
    TransitionTrainer trainer =
        new TransitionTrainer(
            TimNetwork.create(network, 1),
            TrainingConfig.builder().steps(3).batchSize(4).build(),
            new InMemoryData(examples),
            List.of());
    InMemoryStatsStorage storage = new InMemoryStatsStorage();
    trainer.network().graph().setListeners(new StatsListener(storage, 1));
    trainer.train();
    String session = storage.listSessionIDs().get(0);
    String type = storage.listTypeIDsForSession(session).get(0);
    String worker = storage.listWorkerIDsForSession(session).get(0);
    assertEquals(3, storage.getNumUpdateRecordsFor(session, type, worker));
    StatsReport last = (StatsReport) storage.getLatestUpdate(session, type, worker);
    assertEquals(3, last.getIterationCount());
    assertTrue(last.getScore() > 0, Double.toString(last.getScore()));
    assertEquals(
        trainer.network().graph().paramTable().keySet(),
        last.getMeanMagnitudes(StatsType.Gradients).keySet());
  }
}
