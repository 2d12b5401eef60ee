using StaticNet.Execution;
using StaticNet.Tests.Training;

namespace StaticNet.Cuda.Tests.Networks;

/// <summary>A network of parameters alone: larger than a chunk, with penalties of their own, and running statistics between them.</summary>
internal static class ManyParameters
{
    public static NetworkInfo Describe()
    {
        var parameters = new List<ParameterInfo>();
        Add("first", ParameterLayout.Matrix(70, 90), l1: 0.001);
        Add("running", ParameterLayout.Vector(20), isState: true);
        Add("second", ParameterLayout.Matrix(40, 33), l2: 0.002);
        Add("bias", ParameterLayout.Vector(5));
        return new NetworkInfo { Name = "Many", InputSizes = [1], OutputSize = 1, Parameters = [.. parameters], Layers = [] };

        void Add(string name, ParameterLayout layout, double l1 = 0, double l2 = 0, bool isState = false)
        {
            var offset = parameters.Count == 0 ? 0 : parameters[^1].Offset + parameters[^1].Layout.Length;
            parameters.Add(new(name, [layout.Rows, layout.Columns], offset, layout)
            {
                Initializer = isState ? InitializerKind.Constant : InitializerKind.HeNormal,
                InitialValue = 7,
                FanIn = layout.Columns,
                L1 = l1,
                L2 = l2,
                IsState = isState,
            });
        }
    }

    public static NetworkCore Make(NetworkInfo info, Device device) =>
        new(info, seed: 1, () => new LinearWorkspace(LinearNetwork.Describe(1, 1, classes: false)), () => new NoPrograms(), device);

    private sealed class NoPrograms : CudaPrograms
    {
        public override ReadOnlySpan<byte> Ptx => ".version 7.4\n.target sm_80\n.address_size 64\n"u8;

        public override CudaProgram? Program(ProgramKind kind) => null;
    }
}
