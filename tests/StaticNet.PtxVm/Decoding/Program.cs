using StaticNet.PtxVm.Execution;
using StaticNet.PtxVm.Parsing;

namespace StaticNet.PtxVm.Decoding;

/// <summary>A kernel ready to be executed.</summary>
internal sealed record Program(Kernel Kernel, Instruction[] Instructions, RegisterLayout Layout);
