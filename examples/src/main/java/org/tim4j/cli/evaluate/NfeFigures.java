package org.tim4j.cli.evaluate;

/**
 * Figures of the samples of one number of function evaluations.
 *
 * @param nfe number of sampling steps
 * @param frechet Fréchet distance to all real images, in pixel space
 * @param frechetHeldOut Fréchet distance to the held-out real images
 * @param classAgreement share of samples that a 3-nearest-neighbour classifier of all real images
 *     gives the class they were sampled for
 * @param precision share of samples within the manifold of real images
 * @param recall share of real images within the manifold of samples
 * @param imagesPerSecond sampling speed
 */
public record NfeFigures(
    int nfe,
    double frechet,
    double frechetHeldOut,
    double classAgreement,
    double precision,
    double recall,
    double imagesPerSecond) {}
