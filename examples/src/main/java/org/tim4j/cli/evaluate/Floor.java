package org.tim4j.cli.evaluate;

/**
 * The same figures with the held-out real images in the place of samples and the real training
 * images as the reference: what a perfect generator would reach with as few images.
 *
 * @param frechet Fréchet distance between training and held-out part
 * @param classAgreement accuracy of the classifier on the held-out part
 * @param precision share of held-out images within the manifold of the training part
 * @param recall share of training images within the manifold of the held-out part
 */
public record Floor(double frechet, double classAgreement, double precision, double recall) {}
