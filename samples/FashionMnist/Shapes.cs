// Shapes are types. These names are for readers: wherever 28×28×1 and ten classes are written, they are the same types.
global using Clothes = StaticNet.ClassIndex<StaticNet.N10>;
global using Image = StaticNet.Shape<StaticNet.N28, StaticNet.N28, StaticNet.N1>;
