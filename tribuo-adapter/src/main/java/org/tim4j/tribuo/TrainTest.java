package org.tim4j.tribuo;

import com.oracle.labs.mlrg.olcut.config.ConfigurationManager;
import com.oracle.labs.mlrg.olcut.config.Options;
import com.oracle.labs.mlrg.olcut.config.UsageException;
import java.io.IOException;
import java.util.logging.Logger;
import org.tribuo.classification.TrainTestHelper;
import org.tribuo.data.DataOptions;

/** Trains a generator of labelled examples, tests its predictions and optionally saves it. */
public final class TrainTest {
  private static final Logger LOGGER = Logger.getLogger(TrainTest.class.getName());

  private TrainTest() {}

  /** Command line options. */
  public static final class TrainTestOptions implements Options {
    /** Where the data are and where the model goes. */
    public DataOptions general;

    /** Network and training. */
    public TimOptions timOptions;

    /** Constructs options with the defaults. */
    public TrainTestOptions() {}

    @Override
    public String getOptionsDescription() {
      return "Trains and tests a generator of labelled examples on the specified datasets.";
    }
  }

  /**
   * Runs the program.
   *
   * @param args the command line; {@code --usage} explains it
   * @throws IOException if the data cannot be read
   */
  public static void main(String[] args) throws IOException {
    TrainTestOptions options = new TrainTestOptions();
    try (ConfigurationManager manager = new ConfigurationManager(args, options)) {
      TrainTestHelper.run(manager, options.general, options.timOptions.getTrainer());
    } catch (UsageException e) {
      LOGGER.info(e.getMessage());
    }
  }
}
